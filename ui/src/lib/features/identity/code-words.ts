// What is said when a code did not do, and whether it can still be typed.
import type { CoreError } from '#lib/bridge/index.ts';
import type { Key, Params } from '#lib/i18n/index.svelte.ts';
import { waiting } from './countdown';

export interface Refused {
	/** The code serves no more; another one is needed. */
	over: boolean;
	/** What was typed before the code has to be looked at again. */
	back?: boolean;
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
		case 'number-and-phone-differ':
			return { over: true, back: true, words: ['error.number_and_phone_differ'] };
		case 'ask-administrator':
			return { over: true, back: true, words: ['error.ask_administrator'] };
		case 'too-many-requests':
			if (wait === undefined) return { over: false, words: null };
			return { over: false, words: ['code.too_many', { time: waiting(wait, say) }] };
		default:
			return { over: false, words: null };
	}
}
