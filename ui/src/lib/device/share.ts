// Hands words on: by the device's own sheet, else by the window's, else by the clipboard.
import { plugin, type Plugin } from '#lib/bridge/plugins.ts';

export type Shared = 'shared' | 'closed' | 'copied' | 'failed';
/** What of the browser is used. */
export interface Window {
	share?: (data: { text: string }) => Promise<void>;
	clipboard?: Pick<Clipboard, 'writeText'>;
}

/** `own`: the device has a sheet of its own. */
export async function share(
	text: string,
	own: boolean,
	window: Window = navigator,
	use: Plugin = plugin,
): Promise<Shared> {
	if (own) {
		try {
			await use('share-sheet', 'share', { text });
			return 'shared';
		} catch {
			return copy(text, window);
		}
	}
	if (!window.share) return copy(text, window);
	try {
		await window.share({ text });
		return 'shared';
	} catch (thrown) {
		const closed = thrown instanceof Error && thrown.name === 'AbortError';
		return closed ? 'closed' : copy(text, window);
	}
}

async function copy(text: string, window: Window): Promise<Shared> {
	try {
		await window.clipboard?.writeText(text);
		return window.clipboard ? 'copied' : 'failed';
	} catch {
		return 'failed';
	}
}
