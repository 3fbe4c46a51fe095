export { keysCommand } from './keysCommand';
