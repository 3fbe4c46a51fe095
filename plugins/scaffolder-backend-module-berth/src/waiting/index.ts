export type { Pace } from './pace';
export { waitUntil } from './waitUntil';
