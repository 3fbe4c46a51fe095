export * from './CheckList';
export * from './DoctorPanel';
export * from './summarize';
export * from './useDoctor';
