import { contract } from './contract.ts';
import { startWhatsAppCloud, WHATSAPP_CLOUD } from './whatsapp-cloud-rig.ts';

contract(WHATSAPP_CLOUD, startWhatsAppCloud);
