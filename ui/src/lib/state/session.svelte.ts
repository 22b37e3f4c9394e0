// Who sits here, whether there is a network and what waits: the one view that every page
// needs. The layout loads it; pages read it.
import { onEvents, sessionView, type LockView, type SessionView } from '#lib/bridge/index.ts';
import { shownTo, somebodyElse } from './pages';

let newest = $state.raw<SessionView>();
let view = $state.raw<SessionView>();
let person = $state(0);
let looking = $state(false);
let asking = $state(true);
/** How often the core was asked, and how often a view was set: an older answer may come later. */
let asked = 0;
let sets = 0;

export const session = {
	/**
	 * What pages show; undefined until the core has answered for the first time. Under the lock
	 * it stays as it was, so that what was typed is there again.
	 */
	get view(): SessionView | undefined {
		return view;
	},
	get offline(): boolean {
		return newest?.network.state === 'offline';
	},
	/** True for somebody who has work in the office. */
	get office(): boolean {
		return (view?.nav.length ?? 0) > 0;
	},
	get locked(): boolean {
		return newest?.state === 'locked';
	},
	get lock(): LockView | null {
		return newest?.lock ?? null;
	},
	/** The core's time of the newest view. */
	get now(): number {
		return newest?.now ?? 0;
	},
	/** The backend ended the session, and the sheet that says so was not put off. */
	get over(): boolean {
		return newest?.state === 'session_over' && asking;
	},
	/** Another number for each person that comes after another; what one typed is not the next one's. */
	get person(): number {
		return person;
	},
	/** Somebody without an account looks around. */
	get looking(): boolean {
		return looking;
	},
	set looking(yes: boolean) {
		looking = yes;
	},
	/** Puts the sheet of an ended session off, or brings it back. */
	ask(yes = true): void {
		asking = yes;
	},
	set(next: SessionView): void {
		sets += 1;
		if (somebodyElse(view, next)) person += 1;
		if (next.state !== 'session_over') asking = true;
		if (next.state === 'signed_in') looking = false;
		newest = next;
		view = shownTo(view, next);
	},
	async load(): Promise<void> {
		const mine = ++asked;
		const before = sets;
		const next = await sessionView();
		if (mine !== asked) return;
		// Somebody signed in or out meanwhile; which of the two is newer only the core knows.
		if (before !== sets) return session.load();
		session.set(next);
	},
	follow(): () => void {
		return onEvents(['session', 'network', 'outbox', 'documents', 'queue'], () => {
			void session.load();
		});
	},
};
