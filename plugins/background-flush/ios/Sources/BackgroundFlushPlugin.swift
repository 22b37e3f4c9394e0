import BackgroundTasks
import SwiftRs
import Tauri
import UIKit
import WebKit

class ListenArgs: Decodable {
  let channel: Channel
}

class DoneArgs: Decodable {
  let allSent: Bool
}

/// Asks the system for one run with a network. The system begins the whole app for it, in the background;
/// the app sends as always and says when it is done.
class BackgroundFlushPlugin: Plugin {
  /// Info.plist names it too, under BGTaskSchedulerPermittedIdentifiers.
  private static let identifier = "vn.gov.haiphong.thuynguyen.smart.flush"

  private var channel: Channel?
  private var granted: BGTask?

  override init() {
    super.init()
    // The system takes this only while the app is being launched, which is when plugins are made.
    BGTaskScheduler.shared.register(forTaskWithIdentifier: Self.identifier, using: .main) {
      [weak self] task in
      self?.begin(task)
    }
  }

  private func begin(_ task: BGTask) {
    granted = task
    task.expirationHandler = { [weak self] in
      DispatchQueue.main.async { self?.end(allSent: false) }
    }
    if let channel = channel {
      try? channel.send("granted")
    }
  }

  private func end(allSent: Bool) {
    granted?.setTaskCompleted(success: allSent)
    granted = nil
    if !allSent {
      try? submit()
    }
  }

  private func submit() throws {
    let request = BGProcessingTaskRequest(identifier: Self.identifier)
    request.requiresNetworkConnectivity = true
    request.requiresExternalPower = false
    try BGTaskScheduler.shared.submit(request)
  }

  @objc public func listen(_ invoke: Invoke) throws {
    let args = try invoke.parseArgs(ListenArgs.self)
    DispatchQueue.main.async {
      self.channel = args.channel
      // A run that was granted before the core was there to hear of it.
      if self.granted != nil {
        try? args.channel.send("granted")
      }
      invoke.resolve()
    }
  }

  @objc public func done(_ invoke: Invoke) throws {
    let args = try invoke.parseArgs(DoneArgs.self)
    DispatchQueue.main.async {
      self.end(allSent: args.allSent)
      invoke.resolve()
    }
  }

  @objc public func schedule(_ invoke: Invoke) throws {
    try submit()
    invoke.resolve()
  }

  @objc public func cancel(_ invoke: Invoke) throws {
    BGTaskScheduler.shared.cancel(taskRequestWithIdentifier: Self.identifier)
    invoke.resolve()
  }
}

@_cdecl("init_plugin_background_flush")
func initPlugin() -> Plugin {
  return BackgroundFlushPlugin()
}
