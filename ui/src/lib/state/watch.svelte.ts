// A view of the core that follows its events: loaded once, loaded again when the core
// says that something moved, kept on the screen meanwhile.
import { codeOf, onEvents, type CoreEvent } from '#lib/bridge/index.ts';
import { untrack } from 'svelte';

/** How long a screen may stay blank before it shows its skeleton. */
const SKELETON_AFTER = 400;
/** How long before it says that the network is slow. */
const SLOW_AFTER = 8000;

export interface Watched<T> {
	readonly value: T | undefined;
	readonly error: string | null;
	/** Loading takes long enough for a skeleton. */
	readonly late: boolean;
	readonly slow: boolean;
	reload(): Promise<void>;
}

/** Call while a component is being set up. What `load` reads before it waits is followed. */
export function watch<T>(load: () => Promise<T>, events: CoreEvent[]): Watched<T> {
	let value = $state.raw<T>();
	let error = $state<string | null>(null);
	let late = $state(false);
	let slow = $state(false);
	// An answer that was asked for before the newest question is dropped.
	let newest = 0;

	async function take(answer: Promise<T>): Promise<void> {
		const mine = ++newest;
		try {
			const loaded = await answer;
			if (mine !== newest) return;
			value = loaded;
			error = null;
		} catch (thrown) {
			if (mine === newest) error = codeOf(thrown);
		}
		if (mine === newest) late = slow = false;
	}

	$effect(() => {
		const answer = load();
		const timers = untrack(() => {
			void take(answer);
			return [
				setTimeout(() => (late = value === undefined && error === null), SKELETON_AFTER),
				setTimeout(() => (slow = value === undefined && error === null), SLOW_AFTER),
			];
		});
		return () => timers.forEach(clearTimeout);
	});
	// What could not be read under the lock is read when it opens.
	const heard: CoreEvent[] = [...events.filter((event) => event !== 'session'), 'session'];
	$effect(() => onEvents(heard, () => void take(load())));

	return {
		get value() {
			return value;
		},
		get error() {
			return error;
		},
		get late() {
			return late;
		},
		get slow() {
			return slow;
		},
		reload: () => take(load()),
	};
}
