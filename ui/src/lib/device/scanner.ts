// Reads a code with the scanner of the device, whose picture lies behind the window meanwhile.
import { plugin, type Plugin } from '#lib/bridge/plugins.ts';

/** The text of a code; `closed` when the person had enough; `impossible` where another way must do. */
export type Scanned = { text: string } | 'closed' | 'impossible';

/** On the root while the device's picture is to be seen through the window. */
const SEEN_THROUGH = 'seen-through';

/** Asks the person for the camera if need be, then waits for a code. */
export async function scan(use: Plugin = plugin): Promise<Scanned> {
	try {
		const { camera } = (await use('barcode-scanner', 'request_permissions')) as { camera: string };
		if (camera !== 'granted') return 'impossible';
		const wanted = { cameraDirection: 'back', formats: ['QR_CODE'], windowed: true };
		const { content } = (await use('barcode-scanner', 'scan', wanted)) as { content: string };
		return { text: content };
	} catch (thrown) {
		// This is what the plugin says on both systems when its picture was taken away.
		return /cancel/i.test(saidBy(thrown)) ? 'closed' : 'impossible';
	}
}

/** Ends a scan; harmless if there is none. */
export async function endScan(use: Plugin = plugin): Promise<void> {
	await use('barcode-scanner', 'cancel').catch(() => undefined);
}

/** Lets the device's picture be seen behind the window, until the returned function is called. */
export function seeThrough(root: HTMLElement = document.documentElement): () => void {
	root.classList.add(SEEN_THROUGH);
	return () => root.classList.remove(SEEN_THROUGH);
}

const saidBy = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);
