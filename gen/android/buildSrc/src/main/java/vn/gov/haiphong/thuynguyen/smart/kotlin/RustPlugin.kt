import com.android.build.api.dsl.ApplicationExtension
import org.gradle.api.DefaultTask
import org.gradle.api.Plugin
import org.gradle.api.Project
import org.gradle.kotlin.dsl.configure
import org.gradle.kotlin.dsl.get

const val TASK_GROUP = "rust"

/** Where the folder of `tauri.conf.json` is, seen from the app's Gradle project. */
open class Config {
  lateinit var rootDirRel: String
}

/** One flavour an architecture, each with the task that builds its native library. */
open class RustPlugin : Plugin<Project> {
  private lateinit var config: Config

  override fun apply(project: Project) = with(project) {
    config = extensions.create("rust", Config::class.java)

    val defaultAbiList = listOf("arm64-v8a", "armeabi-v7a", "x86", "x86_64")
    val abiList = (findProperty("abiList") as? String)?.split(',') ?: defaultAbiList

    val defaultArchList = listOf("arm64", "arm", "x86", "x86_64")
    val archList = (findProperty("archList") as? String)?.split(',') ?: defaultArchList

    val defaultTargets = listOf("aarch64", "armv7", "i686", "x86_64")
    val targetsList = (findProperty("targetList") as? String)?.split(',') ?: defaultTargets

    extensions.configure<ApplicationExtension> {
      @Suppress("UnstableApiUsage")
      flavorDimensions.add("abi")
      productFlavors {
        create("universal") {
          dimension = "abi"
          ndk {
            abiFilters += abiList
          }
        }
        defaultArchList.forEachIndexed { index, arch ->
          create(arch) {
            dimension = "abi"
            ndk {
              abiFilters.add(defaultAbiList[index])
            }
          }
        }
      }
    }

    afterEvaluate {
      for (profile in listOf("debug", "release")) {
        val named = profile.replaceFirstChar { it.uppercase() }
        val buildTask = tasks.maybeCreate("rustBuildUniversal$named", DefaultTask::class.java).apply {
          group = TASK_GROUP
          description = "Build dynamic library in $profile mode for all targets"
        }

        tasks["mergeUniversal${named}JniLibFolders"].dependsOn(buildTask)

        for (targetPair in targetsList.withIndex()) {
          val targetName = targetPair.value
          val targetArch = archList[targetPair.index]
          val archNamed = targetArch.replaceFirstChar { it.uppercase() }
          val targetBuildTask = project.tasks.register("rustBuild$archNamed$named", BuildTask::class.java) {
            group = TASK_GROUP
            description = "Build dynamic library in $profile mode for $targetArch"
            rootDirRel = config.rootDirRel
            projectDir = project.projectDir.path
            target = targetName
            release = profile == "release"
          }

          buildTask.dependsOn(targetBuildTask)
          tasks["merge$archNamed${named}JniLibFolders"].dependsOn(targetBuildTask)
        }
      }
    }
  }
}
