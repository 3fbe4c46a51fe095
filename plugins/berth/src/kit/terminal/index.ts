export { TerminalButton } from './TerminalButton';
export type { TerminalButtonProps, TerminalContainer } from './TerminalButton';
export { TerminalView } from './TerminalView';
export type { TerminalViewProps } from './TerminalView';
