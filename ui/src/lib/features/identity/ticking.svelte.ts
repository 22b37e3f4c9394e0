// The time that passed since something began, told once a second.

export interface Passing {
	/** Milliseconds. */
	readonly passed: number;
	/** Begins anew. */
	begin(): void;
}

/** Call while a component is being set up. */
export function passing(): Passing {
	// A clock that nobody can set; a device that slept shows too much time left, and then the
	// core's answer counts.
	let since = performance.now();
	let passed = $state(0);
	const tell = () => (passed = performance.now() - since);
	$effect(() => {
		const timer = setInterval(tell, 1000);
		return () => clearInterval(timer);
	});
	return {
		get passed() {
			return passed;
		},
		begin() {
			since = performance.now();
			passed = 0;
		},
	};
}
