export { jestConfig as default } from '@throughline/testing/jest';
