// Puts codes and moments into words. The table of the chosen language is looked up at
// each call, so that changing the language changes every text that is on the screen.
import type { Language, Words } from '#lib/bridge/index.ts';
import { en } from './en';
import { vi } from './vi';

export type Key = keyof typeof vi;
export type Params = Record<string, string | number>;

const tables: Record<Language, Record<Key, string>> = { vi, en };
let chosen = $state<Language>('vi');

export const language = () => chosen;

export function chooseLanguage(next: Language): void {
	chosen = next;
}

/** The message of `key`, with {names} replaced. */
export function t(key: Key, params: Params = {}): string {
	return fill(tables[chosen][key], params);
}

/** The message of a key that is built from a code; `fallback` when the code is unknown. */
export function tCode(prefix: string, code: string, fallback: Key, params: Params = {}): string {
	const key = `${prefix}.${code}`;
	return key in vi ? t(key as Key, params) : t(fallback, params);
}

/** A text of the locality's profile, in the chosen language. */
export function words(text: Words | null | undefined): string {
	if (!text) return '';
	return text[chosen] || text.vi;
}

/** A unit's name inside a sentence: "xã Tân Dương", not "Xã Tân Dương". */
export function inSentence(text: Words | null | undefined): string {
	return words(text).replace(/^(Xã|Phường|Thị trấn) /, (kind) => kind.toLowerCase());
}

function fill(message: string, params: Params): string {
	return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
