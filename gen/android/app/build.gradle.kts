import groovy.json.JsonSlurper
import java.net.URI
import java.util.Properties
import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
  id("com.android.application")
  id("org.jetbrains.kotlin.android")
  id("rust")
}

/** The number and name of the version, which the Tauri command writes before each build. */
val tauriProperties = Properties().apply {
  val propFile = file("tauri.properties")
  if (propFile.exists()) {
    propFile.inputStream().use { load(it) }
  }
}

/** Where the signing key is; only the machine that signs has this file. */
val signing = Properties().apply {
  val propFile = rootProject.file("keystore.properties")
  if (propFile.exists()) {
    propFile.inputStream().use { load(it) }
  }
}

/** The host of links to reports: the one of the deployment that the native library carries. */
val linkHost: String = providers.environmentVariable("CITIZEN_DEPLOYMENT_FILE").orNull
  ?.let { rootProject.file("../..").resolve(it) }
  ?.takeIf { it.isFile }
  ?.let { (JsonSlurper().parse(it) as Map<*, *>)["base_url"] as? String }
  ?.let { URI(it).host }
  // A name that nobody can register, so that a build without a deployment answers to no site.
  ?: "thuy-nguyen.invalid"

android {
  compileSdk = 37
  namespace = "vn.gov.haiphong.thuynguyen.smart"
  defaultConfig {
    manifestPlaceholders["linkHost"] = linkHost
    applicationId = "vn.gov.haiphong.thuynguyen.smart"
    // Android 7: the oldest that the scanner and the key store support.
    minSdk = 24
    targetSdk = 37
    versionCode = tauriProperties.getProperty("tauri.android.versionCode", "1").toInt()
    versionName = tauriProperties.getProperty("tauri.android.versionName", "1.0")
  }
  androidResources {
    // What libraries say in other languages would only be mixed in here and there.
    localeFilters += listOf("vi", "en")
  }
  signingConfigs {
    if (signing.containsKey("storeFile")) {
      create("release") {
        storeFile = file(signing.getProperty("storeFile"))
        storePassword = signing.getProperty("password")
        keyAlias = signing.getProperty("keyAlias")
        keyPassword = signing.getProperty("password")
      }
    }
  }
  buildTypes {
    getByName("debug") {
      isDebuggable = true
      isJniDebuggable = true
      isMinifyEnabled = false
      packaging {
        jniLibs.keepDebugSymbols.add("*/arm64-v8a/*.so")
        jniLibs.keepDebugSymbols.add("*/armeabi-v7a/*.so")
        jniLibs.keepDebugSymbols.add("*/x86/*.so")
        jniLibs.keepDebugSymbols.add("*/x86_64/*.so")
      }
    }
    getByName("release") {
      signingConfigs.findByName("release")?.let { signingConfig = it }
      optimization {
        enable = true
      }
      proguardFiles(
        *fileTree(".") {
          include("**/*.pro")
          exclude("build/**")
        }.files.toTypedArray()
      )
    }
  }
  compileOptions {
    sourceCompatibility = JavaVersion.VERSION_1_8
    targetCompatibility = JavaVersion.VERSION_1_8
  }
  buildFeatures {
    buildConfig = true
  }
}

kotlin {
  compilerOptions {
    jvmTarget = JvmTarget.JVM_1_8
  }
}

rust {
  rootDirRel = "../../../"
}

dependencies {
  implementation("androidx.webkit:webkit:1.14.0")
  implementation("androidx.appcompat:appcompat:1.7.1")
  implementation("androidx.activity:activity-ktx:1.10.1")
  implementation("androidx.core:core-splashscreen:1.0.1")
  implementation("com.google.android.material:material:1.12.0")
  implementation("androidx.lifecycle:lifecycle-process:2.10.0")
}

apply(from = file("tauri.build.gradle.kts"))
