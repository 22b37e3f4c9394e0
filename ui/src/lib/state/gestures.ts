// Fingers: from the left edge back, down on a sheet to close it, long on a row for its actions. Each has
// a button that does the same. A mouse or a pen does none of this.
import { back, dismiss } from './back.ts';
import { EDGE, isBack, isDown, type Way } from './swipes.ts';

/** What may be pulled down: a sheet, or any dialog at its head. */
const SHEET = 'dialog.bottomsheet, dialog.dlg';
const HEAD = '.dlg__h';

interface Touch {
	id: number;
	x: number;
	y: number;
	at: number;
	/** The sheet that moves with the finger. */
	sheet: HTMLDialogElement | null;
}

function sheetUnder(target: Element): HTMLDialogElement | null {
	const sheet = target.closest<HTMLDialogElement>(SHEET);
	if (!sheet || target.closest('input, textarea, select')) return null;
	if (target.closest(HEAD)) return sheet;
	// Further down only what is scrolled to its top is pulled, and only of a sheet.
	return sheet.matches('.bottomsheet') && sheet.scrollTop <= 0 ? sheet : null;
}

/** Listens on the whole page until the returned function is called. */
export function gestures(): () => void {
	let touch: Touch | null = null;

	const wayOf = (event: TouchEvent): Way | null => {
		const finger = [...event.changedTouches].find((one) => one.identifier === touch?.id);
		if (!touch || !finger) return null;
		const { x, y, at } = touch;
		return { from: x, dx: finger.clientX - x, dy: finger.clientY - y, time: event.timeStamp - at };
	};
	const drop = () => {
		touch?.sheet?.style.removeProperty('translate');
		touch = null;
	};
	const begin = (event: TouchEvent) => {
		drop();
		const [finger] = event.touches;
		// Two fingers enlarge the page.
		if (!finger || event.touches.length > 1 || !(event.target instanceof Element)) return;
		const sheet = sheetUnder(event.target);
		if (!sheet && finger.clientX > EDGE) return;
		touch = {
			id: finger.identifier,
			x: finger.clientX,
			y: finger.clientY,
			at: event.timeStamp,
			sheet,
		};
	};
	const move = (event: TouchEvent) => {
		const way = wayOf(event);
		if (!way || !touch?.sheet) return;
		if (way.dy <= 0 || way.dy < Math.abs(way.dx))
			return touch.sheet.style.removeProperty('translate');
		// The finger moves the sheet, so the page under it must not scroll as well.
		if (event.cancelable) event.preventDefault();
		touch.sheet.style.translate = `0 ${way.dy}px`;
	};
	const end = (event: TouchEvent) => {
		const way = wayOf(event);
		const sheet = touch?.sheet;
		drop();
		if (!way) return;
		if (sheet && isDown(way)) dismiss(sheet);
		else if (isBack(way)) back();
	};

	document.addEventListener('touchstart', begin, { passive: true });
	document.addEventListener('touchmove', move, { passive: false });
	document.addEventListener('touchend', end);
	document.addEventListener('touchcancel', drop);
	return () => {
		document.removeEventListener('touchstart', begin);
		document.removeEventListener('touchmove', move);
		document.removeEventListener('touchend', end);
		document.removeEventListener('touchcancel', drop);
	};
}

/** How long a finger must rest, and how far it may tremble. */
const LONG = 500;
const TREMBLE = 10;

/** Runs `held` when a finger rests on the element; what it would have pressed is then not pressed. */
export function longPress(held: () => void): (element: HTMLElement) => () => void {
	return (element) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let from = { x: 0, y: 0 };
		let done = false;
		const stop = () => clearTimeout(timer);
		const down = (event: PointerEvent) => {
			done = false;
			stop();
			if (event.pointerType !== 'touch' || !event.isPrimary) return;
			from = { x: event.clientX, y: event.clientY };
			timer = setTimeout(() => {
				done = true;
				held();
			}, LONG);
		};
		const move = (event: PointerEvent) => {
			if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > TREMBLE) stop();
		};
		const click = (event: MouseEvent) => {
			if (!done) return;
			done = false;
			event.preventDefault();
			event.stopPropagation();
		};
		// The system's own menu for a link would lie over the actions.
		const menu = (event: Event) => {
			if (done || matchMedia('(pointer: coarse)').matches) event.preventDefault();
		};
		const listeners: [string, (event: never) => void, boolean?][] = [
			['pointerdown', down],
			['pointermove', move],
			['pointerup', stop],
			['pointercancel', stop],
			['click', click, true],
			['contextmenu', menu],
		];
		for (const [name, heard, early] of listeners) {
			element.addEventListener(name, heard as EventListener, early);
		}
		return () => {
			stop();
			for (const [name, heard, early] of listeners) {
				element.removeEventListener(name, heard as EventListener, early);
			}
		};
	};
}
