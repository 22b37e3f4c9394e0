package vn.gov.haiphong.thuynguyen.flush

import android.content.Context
import androidx.work.Worker
import androidx.work.WorkerParameters

/** One run that WorkManager grants, perhaps in a process that has no window. */
class FlushWorker(context: Context, parameters: WorkerParameters) : Worker(context, parameters) {
  override fun doWork(): Result {
    val dataDir = inputData.getString(DATA_DIR) ?: return Result.failure()
    if (Native.flush(applicationContext, dataDir) == Native.ALL_SENT) {
      return Result.success()
    }
    // What waits for the person, such as signing in again, no run can send.
    return if (runAttemptCount < MOST_RUNS) Result.retry() else Result.success()
  }

  override fun onStopped() {
    Native.stop()
  }

  companion object {
    /** The folder of the app's files. */
    const val DATA_DIR = "dataDir"
    private const val MOST_RUNS = 6
  }
}
