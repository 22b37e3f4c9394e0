// The window is a static page: nothing is rendered on a server or ahead of time.
export const ssr = false;
export const prerender = false;
