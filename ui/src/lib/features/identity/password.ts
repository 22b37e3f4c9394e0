// A hint in words on how long a password would hold. The core decides what is accepted; the
// only thing it asks for is the length.

/** The fewest characters. */
export const PASSWORD_LENGTH = 8;

export type Strength = 'none' | 'short' | 'weak' | 'fair' | 'good';

const KINDS = [/\d/, /[a-z]/, /[A-Z]/, /[^\da-zA-Z]/];

/** Words that everybody tries first. */
const COMMON = /^(mat ?khau|password|qwerty|abcd|iloveyou|anhyeuem)|12345678|87654321/i;

/** How good a password is; `number` is the person's own, which others may know. */
export function strength(password: string, number = ''): Strength {
	const length = [...password].length;
	if (length === 0) return 'none';
	if (length < PASSWORD_LENGTH) return 'short';
	const different = new Set(password).size;
	const own = number.length > 0 && password.includes(number);
	if (own || COMMON.test(password) || different < 4 || /^\d+$/.test(password)) {
		return length >= 16 && different >= 8 && !own ? 'fair' : 'weak';
	}
	const kinds = KINDS.filter((kind) => kind.test(password)).length;
	return length >= 14 || (length >= 11 && kinds >= 2) || (length >= 9 && kinds >= 3)
		? 'good'
		: 'fair';
}
