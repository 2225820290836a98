// Published closings and splits (S, R) and worked ones of our own making (X), as questions of the commands with their
// answers. What is ours and not theirs is said beside it.

type Case = { readonly id: string; readonly title: string; readonly asked: object; readonly answer: object };

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const same = (count: number, amount: string): string[] => Array.from({ length: count }, () => amount);

/** X05: 60, 40 and 20 shares of 50.00, and 900.00 of interest, of which the first paid 300.00 and the third the rest. */
const ONE_CYCLE = {
  savings: ['3000.00', '2000.00', '1000.00'],
  profit: '900.00',
  shares: [60, 40, 20],
  interestPaid: ['300.00', '0.00', '600.00'],
};

const X02 = { method: 'pro-rata', pool: '16345.70', shares: [52, 104, 37, 80, 7] };

export const SHARE_OUTS: readonly Case[] = [
  {
    id: 'S01',
    title: 'a hundred of a thousand shares',
    asked: { method: 'pro-rata', pool: '10000.00', shares: [100, 900] },
    answer: { payouts: ['1000.00', '9000.00'], residue: '0.00' },
  },
  {
    // The page prints 368, 1,667 and a total of 22,218 although 12,660 + 9,559 is 22,219: it rounds each payout down and
    // loses the rest. Ours adds up: 95 shares are 1,667.3025, and the left-over centavo goes to the largest remainder, as
    // does the left-over quetzal below.
    id: 'S04',
    title: 'a real group, to the centavo',
    asked: { method: 'pro-rata', pool: '22219.00', shares: [21, 95, 1150] },
    answer: { payouts: ['368.56', '1667.30', '20183.14'], residue: '0.00' },
  },
  {
    id: 'S04',
    title: 'a real group, in whole quetzales',
    asked: { method: 'pro-rata', pool: '22219.00', shares: [21, 95, 1150], cashUnit: '1' },
    answer: { payouts: ['369.00', '1667.00', '20183.00'], residue: '0.00' },
  },
  {
    id: 'S05',
    title: 'equal profit',
    asked: { method: 'equal-profit', savings: same(3, '1000.00'), profit: '12000.00' },
    answer: { payouts: same(3, '5000.00'), residue: '0.00' },
  },
  {
    // The source states the shares of the rest as 1,500 and 500; shares of 3 to 1 make them.
    id: 'S07',
    title: 'interest goes back to who paid it, the rest by shares',
    asked: {
      method: 'rebate',
      savings: same(2, '1000.00'),
      profit: '2300.00',
      shares: [3, 1],
      interestPaid: same(2, '150.00'),
    },
    answer: { payouts: ['2650.00', '1650.00'], residue: '0.00' },
  },
  {
    // A negative example: the code it comes from pays 65, 39 and 26 whatever is in the box.
    id: 'S08',
    title: 'no more is paid than there is',
    asked: { method: 'pro-rata', pool: '100.00', shares: [5, 3, 2] },
    answer: { payouts: ['50.00', '30.00', '20.00'], residue: '0.00' },
  },
  {
    id: 'S11',
    title: 'interest among nine heads',
    asked: { method: 'equal-profit', savings: same(9, '0.00'), profit: '9000.00' },
    answer: { payouts: same(9, '1000.00'), residue: '0.00' },
  },
  {
    id: 'X02',
    title: 'in centavos',
    asked: X02,
    answer: { payouts: ['3035.63', '6071.26', '2159.97', '4670.20', '408.64'], residue: '0.00' },
  },
  {
    id: 'X03',
    title: 'in whole pesos, the centavos named',
    asked: { ...X02, cashUnit: '1.00' },
    answer: { payouts: ['3035.00', '6071.00', '2160.00', '4670.00', '409.00'], residue: '0.70' },
  },
  {
    id: 'X04',
    title: 'a share is worth less than it cost',
    asked: { method: 'pro-rata', pool: '9300.00', shares: [60, 40, 100] },
    answer: { payouts: ['2790.00', '1860.00', '4650.00'], residue: '0.00' },
  },
  {
    id: 'X05',
    title: 'pro rata',
    asked: { method: 'pro-rata', ...ONE_CYCLE },
    answer: { payouts: ['3450.00', '2300.00', '1150.00'], residue: '0.00' },
  },
  {
    id: 'X05',
    title: 'equal profit',
    asked: { method: 'equal-profit', ...ONE_CYCLE },
    answer: { payouts: ['3300.00', '2300.00', '1300.00'], residue: '0.00' },
  },
  {
    id: 'X05',
    title: 'rebate',
    asked: { method: 'rebate', ...ONE_CYCLE },
    answer: { payouts: ['3300.00', '2000.00', '1600.00'], residue: '0.00' },
  },
  {
    id: 'X13',
    title: 'an annual pool goes back to who put it in',
    asked: { method: 'pro-rata', savings: [...same(7, '320.00'), '280.00'], profit: '0.00' },
    answer: { payouts: [...same(7, '320.00'), '280.00'], residue: '0.00' },
  },
];

export const SPLITS: readonly Case[] = [
  {
    id: 'R01',
    title: 'whole ones',
    asked: { total: '100', weights: [1, 2, 3] },
    answer: { parts: ['17', '33', '50'] },
  },
  {
    id: 'R01',
    title: 'the same digits as money',
    asked: { total: '1.00', weights: [1, 2, 3] },
    answer: { parts: ['0.17', '0.33', '0.50'] },
  },
  {
    id: 'R02',
    title: 'whole ones',
    asked: { total: '100', weights: [1, 10, 100] },
    answer: { parts: ['1', '9', '90'] },
  },
  {
    id: 'X10',
    title: 'twelve weeks of 2,200.00, the centavos to the first',
    asked: { total: '2200.00', weights: ones(12) },
    answer: { parts: [...same(4, '183.34'), ...same(8, '183.33')] },
  },
  {
    id: 'X11',
    title: 'seven cover 65.00',
    asked: { total: '65.00', weights: ones(7) },
    answer: { parts: [...same(4, '9.29'), ...same(3, '9.28')] },
  },
  {
    id: 'X12',
    title: '40.00 goes back by what each covered',
    asked: { total: '40.00', weights: [...same(4, '9.29'), ...same(3, '9.28')] },
    answer: { parts: [...same(3, '5.72'), ...same(4, '5.71')] },
  },
];
