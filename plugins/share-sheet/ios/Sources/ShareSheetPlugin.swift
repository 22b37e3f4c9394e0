import SwiftRs
import Tauri
import UIKit
import WebKit

class ShareArgs: Decodable {
  let text: String
}

/// Shows the sheet by which iOS hands a text on. What the person does with it is not told.
class ShareSheetPlugin: Plugin {
  @objc public func share(_ invoke: Invoke) throws {
    let args = try invoke.parseArgs(ShareArgs.self)
    DispatchQueue.main.async {
      guard let screen = self.manager.viewController else {
        invoke.reject("no screen")
        return
      }
      let sheet = UIActivityViewController(activityItems: [args.text], applicationActivities: nil)
      // On an iPad the sheet is a balloon that has to point somewhere.
      sheet.popoverPresentationController?.sourceView = screen.view
      sheet.popoverPresentationController?.sourceRect = CGRect(
        x: screen.view.bounds.midX, y: screen.view.bounds.maxY, width: 0, height: 0)
      screen.present(sheet, animated: true)
      invoke.resolve()
    }
  }
}

@_cdecl("init_plugin_share_sheet")
func initPlugin() -> Plugin {
  return ShareSheetPlugin()
}
