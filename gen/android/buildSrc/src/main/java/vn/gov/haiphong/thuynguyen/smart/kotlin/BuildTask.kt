import java.io.File
import javax.inject.Inject
import org.apache.tools.ant.taskdefs.condition.Os
import org.gradle.api.DefaultTask
import org.gradle.api.GradleException
import org.gradle.api.tasks.Input
import org.gradle.api.tasks.TaskAction
import org.gradle.process.ExecOperations

/** Lets the Tauri command build the library for one target, in the folder of `tauri.conf.json`. */
abstract class BuildTask : DefaultTask() {
  @get:Inject
  abstract val execOperations: ExecOperations

  @Input
  var rootDirRel: String? = null

  @Input
  var projectDir: String? = null

  @Input
  var target: String? = null

  @Input
  var release: Boolean? = null

  @TaskAction
  fun assemble() {
    val rootDirRel = rootDirRel ?: throw GradleException("rootDirRel cannot be null")
    val target = target ?: throw GradleException("target cannot be null")
    val release = release ?: throw GradleException("release cannot be null")
    execOperations.exec {
      workingDir(File(projectDir, rootDirRel))
      // On Windows npm is a script, which no program starts without its ending.
      executable(if (Os.isFamily(Os.FAMILY_WINDOWS)) "npm.cmd" else "npm")
      args(listOf("run", "--", "tauri", "android", "android-studio-script"))
      if (release) {
        args("--release")
      }
      args(listOf("--target", target))
    }.assertNormalExitValue()
  }
}
