// Who sits here, whether there is a network and what waits: the one view that every page
// needs. The layout loads it; pages read it.
import { onEvents, sessionView, type SessionView } from '#lib/bridge/index.ts';

let view = $state.raw<SessionView>();

export const session = {
	/** Undefined until the core has answered for the first time. */
	get view(): SessionView | undefined {
		return view;
	},
	get offline(): boolean {
		return view?.network.state === 'offline';
	},
	/** True for somebody who has work in the office. */
	get office(): boolean {
		return (view?.nav.length ?? 0) > 0;
	},
	set(next: SessionView): void {
		view = next;
	},
	async load(): Promise<void> {
		view = await sessionView();
	},
	follow(): () => void {
		return onEvents(['session', 'network', 'outbox', 'documents', 'queue'], () => {
			void session.load();
		});
	},
};
