// swift-tools-version:5.3

import PackageDescription

let package = Package(
  name: "tauri-plugin-background-flush",
  platforms: [
    .iOS(.v14)
  ],
  products: [
    .library(
      name: "tauri-plugin-background-flush",
      type: .static,
      targets: ["tauri-plugin-background-flush"])
  ],
  dependencies: [
    .package(name: "Tauri", path: "../.tauri/tauri-api")
  ],
  targets: [
    .target(
      name: "tauri-plugin-background-flush",
      dependencies: [
        .byName(name: "Tauri")
      ],
      path: "Sources")
  ]
)
