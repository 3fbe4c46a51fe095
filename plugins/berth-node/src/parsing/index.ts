export { ParserError } from './ParserError';
export { ParserPool } from './ParserPool';
export type { ParserJob, ParserOptions } from './ParserPool';
