// What is said when a code did not do, and whether it can still be typed.
import type { CoreError } from '#lib/bridge/index.ts';
import type { Key, Params } from '#lib/i18n/index.svelte.ts';
import { waiting } from './countdown';

export interface Refused {
	/** The code serves no more; another one is needed. */
	over: boolean;
	/** What to say; nothing where the code of the error says enough. */
	words: [Key, Params?] | null;
}

export function refused(error: CoreError, say: (key: Key, params: Params) => string): Refused {
	const wait = error.retry_after_s;
	switch (error.code) {
		case 'code-wrong':
			if (error.tries_left === 0) return { over: true, words: ['code.over'] };
			if (error.tries_left === undefined) return { over: false, words: ['code.wrong_plain'] };
			return { over: false, words: ['code.wrong', { n: error.tries_left }] };
		case 'code-over':
			return { over: true, words: ['code.over'] };
		case 'too-many-requests':
			if (wait === undefined) return { over: false, words: null };
			return { over: false, words: ['code.too_many', { time: waiting(wait, say) }] };
		default:
			return { over: false, words: null };
	}
}
