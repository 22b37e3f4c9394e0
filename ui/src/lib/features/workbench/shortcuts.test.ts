import { expect, test } from 'vitest';
import { confirms, shortcut, type Pressed } from './shortcuts';

const press = (more: Partial<Pressed>): Pressed => ({
	key: 'p',
	code: 'KeyP',
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	isComposing: false,
	target: { tagName: 'BODY' },
	...more,
});

test('a letter is a shortcut outside of text fields', () => {
	expect(shortcut(press({}))).toBe('p');
	expect(shortcut(press({ key: 'P' }))).toBe('p');
	expect(shortcut(press({ target: { tagName: 'INPUT', type: 'radio' } }))).toBe('p');
});

test('typing is never taken for a shortcut', () => {
	expect(shortcut(press({ target: { tagName: 'TEXTAREA' } }))).toBeNull();
	expect(shortcut(press({ target: { tagName: 'INPUT', type: 'text' } }))).toBeNull();
	expect(shortcut(press({ target: { tagName: 'DIV', isContentEditable: true } }))).toBeNull();
	expect(shortcut(press({ isComposing: true }))).toBeNull();
	expect(shortcut(press({ ctrlKey: true }))).toBeNull();
});

test('an input method that hides the letter still leaves the key', () => {
	expect(shortcut(press({ key: 'Process', code: 'KeyJ' }))).toBe('j');
});

test('Ctrl+Enter confirms, Enter alone makes a new line', () => {
	expect(confirms(press({ key: 'Enter', ctrlKey: true }))).toBe(true);
	expect(confirms(press({ key: 'Enter' }))).toBe(false);
});
