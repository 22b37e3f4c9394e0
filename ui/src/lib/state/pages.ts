// What pages keep showing when the core takes the account away for a while.
import type { SessionView } from '#lib/bridge/index.ts';

/** The view for pages: under the lock and after a session ended, the person stays on the page. */
export function shownTo(before: SessionView | undefined, next: SessionView): SessionView {
	const away = next.state === 'locked' || next.state === 'session_over';
	if (!away || next.account !== null || !before?.account) return next;
	return { ...before, now: next.now, network: next.network, sign_in_again: next.sign_in_again };
}

/** Whether another person came than the one whose pages are shown. */
export function somebodyElse(before: SessionView | undefined, next: SessionView): boolean {
	return Boolean(before?.account && next.account && before.account.id !== next.account.id);
}

/** Pages of somebody who has no account yet. */
const entrances = ['/welcome', '/sign-in', '/register', '/passphrase'];
/** Pages that a guest may look at. */
const open = ['/', '/help'];

/** Where the window has to go from a page; nowhere if the page is theirs. */
export function elsewhere(view: SessionView, page: string, looking: boolean): string | null {
	if (view.passphrase_needed) return page === '/passphrase' ? null : '/passphrase';
	// Whoever is signed in has nothing to do at the door, even if an older view led there.
	if (view.account && view.state === 'signed_in' && page === '/welcome') return '/';
	// The account may come a moment after the signing in.
	if (view.account || view.state !== 'guest' || entrances.includes(page)) return null;
	return looking && open.includes(page) ? null : '/welcome';
}
