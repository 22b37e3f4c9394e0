package vn.gov.haiphong.thuynguyen.share

import android.app.Activity
import android.content.Intent
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.Plugin

@InvokeArg
class ShareArgs {
  lateinit var text: String
}

/** Shows the sheet by which Android hands a text on. What the person does with it is not told. */
@TauriPlugin
class ShareSheetPlugin(private val activity: Activity) : Plugin(activity) {
  @Command
  fun share(invoke: Invoke) {
    val words = invoke.parseArgs(ShareArgs::class.java).text
    val send = Intent(Intent.ACTION_SEND)
    send.type = "text/plain"
    send.putExtra(Intent.EXTRA_TEXT, words)
    activity.startActivity(Intent.createChooser(send, null))
    invoke.resolve()
  }
}
