// Saves what is typed, a moment after the last change and one save at a time.

/** Well under the two seconds that a draft may stay unsaved. */
const PAUSE = 700;
/** Somebody who types without a pause is saved at least this often. */
const LONGEST = 1600;

export type SaveState = 'saved' | 'pending' | 'failed';

export interface Autosave<P> {
	/** Adds changes to the next save. */
	change(patch: P): void;
	/** Saves what is pending at once; false if that failed. */
	flush(): Promise<boolean>;
}

/**
 * `save` stores the fields that changed. After a failure the fields stay pending and go
 * with the next save.
 */
export function autosave<P extends object>(
	save: (patch: P) => Promise<unknown>,
	told: (state: SaveState, error?: unknown) => void,
): Autosave<P> {
	let pending: P | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let latest: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<boolean> = Promise.resolve(true);

	async function run(): Promise<boolean> {
		clearTimeout(timer);
		clearTimeout(latest);
		latest = undefined;
		if (pending === null) return true;
		const patch = pending;
		pending = null;
		try {
			await save(patch);
			if (pending === null) told('saved');
			return true;
		} catch (error) {
			// What changed meanwhile is newer than what could not be saved.
			pending = { ...patch, ...(pending as P | null) };
			told('failed', error);
			return false;
		}
	}

	function flush(): Promise<boolean> {
		running = running.then(run);
		return running;
	}

	return {
		change(patch) {
			pending = { ...pending, ...patch } as P;
			told('pending');
			clearTimeout(timer);
			timer = setTimeout(() => void flush(), PAUSE);
			latest ??= setTimeout(() => void flush(), LONGEST);
		},
		flush,
	};
}
