package vn.gov.haiphong.thuynguyen.smart

import android.content.Context
import android.os.Environment

/**
 * The camera app writes a photo into a file of ours, from which the page reads it. What is to be kept of it
 * lies encrypted in the store, so the file must not stay.
 */
object TakenPhotos {
  /** Removes the files of all photos that were taken before. */
  fun forget(context: Context) {
    context.getExternalFilesDir(Environment.DIRECTORY_PICTURES)?.listFiles()?.forEach { it.delete() }
  }
}
