export { FailureBanner, FailureList } from './FailureBanner';
export { groupFailures, isRefused, isUnknownKind } from './failures';
export { KnownRefusals, withoutRefused } from './refusals';
export type { Refusals } from './refusals';
export { RowCollector } from './RowCollector';
export type { PlacedRow, RowListing } from './RowCollector';
export { Several } from './Several';
export { collectLines, useStreamedList } from './useStreamedList';
export type { ListLoad, StreamedList } from './useStreamedList';
