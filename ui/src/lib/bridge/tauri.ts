// The only file that knows how the window reaches the core: Tauri's invoke and listen.
import { exit, onBackButtonPress } from '@tauri-apps/api/app';
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

/** Calls a command of the core; rejects with what the core threw. */
export function call(command: string, args: Record<string, unknown>): Promise<unknown> {
	return invoke(command, args);
}

/** Calls a command whose argument is bytes; small texts travel beside them as headers. */
export function callRaw(
	command: string,
	bytes: Uint8Array,
	headers: Record<string, string>,
): Promise<unknown> {
	return invoke(command, bytes, { headers });
}

/** Calls a command that tells on the way how far it is. */
export function callTelling<T>(
	command: string,
	name: string,
	heard: (told: T) => void,
): Promise<unknown> {
	return invoke(command, { [name]: new Channel<T>(heard) });
}

/** Hears an event of the core until the returned function is called. */
export function hear(event: string, heard: () => void): Promise<() => void> {
	return listen(event, heard);
}

/** Hears the phone's own back button; where it is not heard, the system does what it always does. */
export async function hearBack(heard: () => void): Promise<() => void> {
	if (!/Android/.test(navigator.userAgent)) return () => {};
	const button = await onBackButtonPress(heard);
	return () => void button.unregister();
}

/** Leaves the app as that button does when nothing is left to close. */
export function leave(): void {
	void exit(0);
}

/** The address under which the window may show a photo of the local store. */
export function photoUrl(attachmentId: string, variant: string): string {
	// The base differs by system: photo://localhost/ or, on Windows, http://photo.localhost/.
	return `${convertFileSrc('', 'photo')}${encodeURIComponent(attachmentId)}/${variant}`;
}
