export * from './CheckList';
export * from './CheckMark';
export * from './DoctorPanel';
export * from './summarize';
export * from './types';
export * from './useDoctor';
