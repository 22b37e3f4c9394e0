// A keyboard on the glass. Where it makes the page smaller the page has nothing to do; where it lies over
// the page (iOS), the height that it takes stands on the root for bars, sheets and dialogs.

/** Less than this is a bar of the system, not a keyboard. */
const LEAST = 120;

const isField = (element: Element | null): element is HTMLElement =>
	element instanceof HTMLElement && element.matches('input, textarea, select');

/** Keeps the field in which somebody types in view until the returned function is called. */
export function keyboard(): () => void {
	const view = window.visualViewport;
	let frame = 0;

	const show = () => {
		const field = document.activeElement;
		if (isField(field)) field.scrollIntoView({ block: 'nearest' });
	};
	const measure = () => {
		// While the page is enlarged by two fingers it is cut off for another reason.
		const hidden = view && view.scale < 1.01 ? window.innerHeight - view.height : 0;
		const height = hidden > LEAST ? Math.round(hidden) : 0;
		document.documentElement.style.setProperty('--keyboard', `${height}px`);
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame(show);
	};
	view?.addEventListener('resize', measure);
	window.addEventListener('resize', measure);
	return () => {
		cancelAnimationFrame(frame);
		view?.removeEventListener('resize', measure);
		window.removeEventListener('resize', measure);
	};
}
