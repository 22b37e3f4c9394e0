package vn.gov.haiphong.thuynguyen.flush

import android.app.Activity
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.workDataOf
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.Plugin
import java.util.concurrent.TimeUnit

@InvokeArg
class ScheduleArgs {
  lateinit var dataDir: String
}

/** Asks WorkManager for one run with a network, or takes the wish back. */
@TauriPlugin
class BackgroundFlushPlugin(private val activity: Activity) : Plugin(activity) {
  @Command
  fun schedule(invoke: Invoke) {
    val dataDir = invoke.parseArgs(ScheduleArgs::class.java).dataDir
    val request = OneTimeWorkRequestBuilder<FlushWorker>()
      .setConstraints(Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build())
      .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, FIRST_PAUSE_SECONDS, TimeUnit.SECONDS)
      .setInputData(workDataOf(FlushWorker.DATA_DIR to dataDir))
      .build()
    manager().enqueueUniqueWork(NAME, ExistingWorkPolicy.REPLACE, request)
    invoke.resolve()
  }

  @Command
  fun cancel(invoke: Invoke) {
    manager().cancelUniqueWork(NAME)
    invoke.resolve()
  }

  private fun manager() = WorkManager.getInstance(activity.applicationContext)

  private companion object {
    const val NAME = "flush"
    const val FIRST_PAUSE_SECONDS = 60L
  }
}
