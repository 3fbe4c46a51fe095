export { EditRequestPage } from './EditRequestPage';
export { NewRequestPage } from './NewRequestPage';
