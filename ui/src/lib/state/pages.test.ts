import type { SessionView } from '#lib/bridge/index.ts';
import { expect, test } from 'vitest';
import { elsewhere, shownTo, somebodyElse } from './pages';

const base = { now: 1, passphrase_needed: false, network: { state: 'online', last_sync_at: null } };
const view = (state: SessionView['state'], id: string | null, now = 1) =>
	({ ...base, state, now, account: id ? { id } : null, sign_in_again: false }) as SessionView;

test('under the lock the page of the person stays as it was', () => {
	const kept = shownTo(view('signed_in', 'mau'), view('locked', null, 2));
	expect(kept.account?.id).toBe('mau');
	expect(kept.now).toBe(2);
});

test('an app that starts locked shows nobody', () => {
	expect(shownTo(undefined, view('locked', null)).account).toBeNull();
});

test('after signing out nobody is left on the page', () => {
	expect(shownTo(view('signed_in', 'mau'), view('guest', null)).account).toBeNull();
});

test('another person begins anew; the same one does not', () => {
	expect(somebodyElse(view('signed_in', 'mau'), view('signed_in', 'thu'))).toBe(true);
	expect(somebodyElse(view('signed_in', 'mau'), view('signed_in', 'mau'))).toBe(false);
	expect(somebodyElse(view('guest', null), view('signed_in', 'mau'))).toBe(false);
	expect(somebodyElse(view('signed_in', 'mau'), view('locked', null))).toBe(false);
});

test('a guest enters by the welcome and may look at what is public', () => {
	expect(elsewhere(view('guest', null), '/', false)).toBe('/welcome');
	expect(elsewhere(view('guest', null), '/', true)).toBeNull();
	expect(elsewhere(view('guest', null), '/reports', true)).toBe('/welcome');
	expect(elsewhere(view('guest', null), '/register', false)).toBeNull();
	expect(elsewhere(view('signed_in', 'mau'), '/reports', false)).toBeNull();
	expect(elsewhere(view('locked', null), '/reports', false)).toBeNull();
});

test('whoever is signed in does not stay at the door, and is not sent there', () => {
	expect(elsewhere(view('signed_in', 'mau'), '/welcome', false)).toBe('/');
	expect(elsewhere(view('signed_in', null), '/', false)).toBeNull();
});

test('a passphrase comes before everything', () => {
	const locked = { ...view('guest', null), passphrase_needed: true };
	expect(elsewhere(locked, '/', true)).toBe('/passphrase');
	expect(elsewhere(locked, '/passphrase', false)).toBeNull();
});
