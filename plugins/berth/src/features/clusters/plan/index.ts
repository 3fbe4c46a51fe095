export { PlanTab } from './PlanTab';
export { AnotherClusterAlert } from './AnotherClusterAlert';
