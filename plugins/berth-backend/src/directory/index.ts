export { DatabaseDirectory } from './DatabaseDirectory';
export { createDirectoryRouter } from './router';
