import { contract } from './contract.ts';
import { SIMULATOR, startSimulator } from './simulator-rig.ts';

contract(SIMULATOR, startSimulator);
