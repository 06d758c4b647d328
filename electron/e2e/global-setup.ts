export { setup as default } from '../testing/left-out.ts';
