// Single-letter shortcuts. They rest whenever a text field has the focus, so that typing
// Vietnamese with Telex is never taken for a command.

export interface Pressed {
	key: string;
	code: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	isComposing: boolean;
	target: unknown;
}

/** The shortcut's letter in lower case, or nothing if the key belongs to a field. */
export function shortcut(event: Pressed): string | null {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
	if (typing(event.target)) return null;
	// An input method may hide the letter and leave only the key's place.
	const key = event.key === 'Process' ? event.code.replace(/^Key/, '') : event.key;
	return key.length === 1 ? key.toLowerCase() : null;
}

/** Ctrl+Enter (or ⌘+Enter) confirms a form from inside its fields. */
export function confirms(event: Pressed): boolean {
	return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing;
}

function typing(target: unknown): boolean {
	if (typeof target !== 'object' || target === null || !('tagName' in target)) return false;
	const element = target as { tagName: string; type?: string; isContentEditable?: boolean };
	if (element.isContentEditable) return true;
	const tag = element.tagName.toLowerCase();
	if (tag === 'textarea' || tag === 'select') return true;
	return tag === 'input' && element.type !== 'radio' && element.type !== 'checkbox';
}
