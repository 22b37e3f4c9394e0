package vn.gov.haiphong.thuynguyen.smart

import android.os.Bundle
import android.view.View
import androidx.activity.enableEdgeToEdge
import androidx.core.splashscreen.SplashScreen.Companion.installSplashScreen
import vn.gov.haiphong.thuynguyen.flush.Native

/** The one window. What it shows is the app's page; what it knows is in the native library. */
class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    // Before anything of the native library begins: a run in the background may still be at the files.
    Native.opening()
    installSplashScreen()
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    Insets.keepClear(findViewById<View>(android.R.id.content))
    // After a photo was taken the system may begin this window anew; then its picture is still wanted.
    if (savedInstanceState == null) {
      TakenPhotos.forget(this)
    }
  }
}
