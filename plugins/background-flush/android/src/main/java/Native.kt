package vn.gov.haiphong.thuynguyen.flush

import android.content.Context

/** What the native library does without a window; its side is in src/android.rs. */
object Native {
  /** Nothing waits any more. */
  const val ALL_SENT = 1

  init {
    System.loadLibrary("thuy_nguyen_smart")
  }

  /** Sends what waits in the files of this folder. Blocks. */
  external fun flush(context: Context, dataDir: String): Int

  /** Asks a run to end soon. */
  external fun stop()

  /** The person opens the app: returns once no run is at the files any more. */
  external fun opening()
}
