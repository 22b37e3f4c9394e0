package vn.gov.haiphong.thuynguyen.smart

import android.content.Context
import android.view.View
import androidx.core.graphics.Insets as Edges
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsCompat.Type
import androidx.webkit.WebViewCompat

/**
 * The window reaches under the bars of the system. Newer WebViews tell the page where they are
 * (`safe-area-inset-*`), so that its colours reach to the edge; for older ones the page is drawn inside them.
 * The keyboard always makes the page smaller, so that it never covers the field that is typed into.
 */
object Insets {
  /** From this version on a WebView tells its page of bars and cut-outs. */
  private const val TELLS_THE_PAGE = 140

  /** Keeps what is in `content` clear of bars and keyboard. */
  fun keepClear(content: View) {
    val pageKnows = webViewVersion(content.context) >= TELLS_THE_PAGE
    ViewCompat.setOnApplyWindowInsetsListener(content) { view, insets ->
      val keyboard = insets.getInsets(Type.ime()).bottom
      val bars = insets.getInsets(Type.systemBars() or Type.displayCutout())
      if (pageKnows) {
        view.setPadding(0, 0, 0, keyboard)
        if (keyboard > 0) withoutBottom(insets) else insets
      } else {
        view.setPadding(bars.left, bars.top, bars.right, maxOf(bars.bottom, keyboard))
        WindowInsetsCompat.CONSUMED
      }
    }
  }

  /** Above the keyboard there is no bar any more that the page would have to leave room for. */
  private fun withoutBottom(insets: WindowInsetsCompat): WindowInsetsCompat {
    val changed = WindowInsetsCompat.Builder(insets).setInsets(Type.ime(), Edges.NONE)
    for (type in listOf(Type.statusBars(), Type.navigationBars(), Type.displayCutout())) {
      val edges = insets.getInsets(type)
      changed.setInsets(type, Edges.of(edges.left, edges.top, edges.right, 0))
    }
    return changed.build()
  }

  private fun webViewVersion(context: Context): Int =
    WebViewCompat.getCurrentWebViewPackage(context)?.versionName?.substringBefore('.')?.toIntOrNull() ?: 0
}
