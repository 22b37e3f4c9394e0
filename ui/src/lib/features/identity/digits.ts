// What people type where digits are wanted. A field is never rewritten while somebody types;
// these functions read it, and what is drawn above it shows the groups.

/** The digits of a text, without what people type between them. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Digits of a card's number. */
export const NUMBER_DIGITS = 12;

/** Digits of a code in a message. */
export const CODE_DIGITS = 6;

const GROUP = 3;

export interface Place {
	digit: string;
	/** Where it stands in its group of three. */
	at: 'first' | 'middle' | 'last';
}

/**
 * The digits of a field in groups of three, or nothing where the field shows itself better:
 * it is too long, or people set their own spaces.
 */
export function grouped(text: string): Place[] {
	if (text.length > NUMBER_DIGITS || /\D/.test(text)) return [];
	return [...text].map((digit, index) => ({
		digit,
		at: (['first', 'middle', 'last'] as const)[index % GROUP] ?? 'first',
	}));
}

/** "031 090 000 001", for reading. */
export function inGroups(text: string): string {
	return (digitsOf(text).match(/\d{1,3}/g) ?? []).join(' ');
}

/**
 * The code in what was typed or pasted: in a whole message the one run of exactly six digits,
 * else the first six digits.
 */
export function codeIn(text: string): string {
	const runs = text.match(/\d+/g) ?? [];
	const whole = runs.filter((run) => run.length === CODE_DIGITS);
	const [only] = whole;
	if (whole.length === 1 && only !== undefined) return only;
	return digitsOf(text).slice(0, CODE_DIGITS);
}

/**
 * A day as people type it, `17/5/1990`, `17.05.1990`, `17 5 1990` or `17051990`, as
 * `1990-05-17`; anything else as it was typed, for the core to judge.
 */
export function dayTyped(text: string): string | null {
	const typed = text.trim();
	if (typed === '') return null;
	const parts =
		/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
	if (!parts) return typed;
	const [, day = '', month = '', year = ''] = parts;
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `1990-05-17` as "17/05/1990"; anything else as it is. */
export function dayShown(iso: string | null): string {
	const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso ?? '');
	return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : (iso ?? '');
}

/** The noon of a locality's day such as `2024-04-08`, for naming it. */
export const momentOf = (iso: string): number => Date.parse(`${iso}T12:00:00+07:00`);
