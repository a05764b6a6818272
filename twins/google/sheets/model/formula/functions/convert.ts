/** `CONVERT`: units of measure. https://support.google.com/docs/answer/6055540 */
import { refusal } from './definition.ts';

/** 550 foot-pounds a second. */
const HORSEPOWER_W = 550 * 0.3048 * 4.4482216152605;
const HORSEPOWER_HOUR_J = HORSEPOWER_W * 3_600;
const LIGHT_YEAR_M = 9.4607304725808e15;
const PARSEC_M = 3.085677581491367e16;

/** What one of a unit is in its kind's base unit; `*` marks units that take metric prefixes. */
const KINDS: readonly Readonly<Record<string, number>>[] = [
  // weight, in grams
  {
    'g*': 1,
    'u*': 1.66053886282583e-24,
    grain: 0.06479891,
    ozm: 28.349523125,
    lbm: 453.59237,
    stone: 6350.29318,
    sg: 14593.9029372064,
    cwt: 45359.237,
    shweight: 45359.237,
    uk_cwt: 50802.34544,
    lcwt: 50802.34544,
    hweight: 50802.34544,
    ton: 907184.74,
    uk_ton: 1016046.9088,
    LTON: 1016046.9088,
    brton: 1016046.9088,
  },
  // distance, in metres
  {
    'm*': 1,
    'ang*': 1e-10,
    Picapt: 0.0254 / 72,
    Pica: 0.0254 / 72,
    picapt: 0.0254 / 72,
    pica: 0.0254 / 6,
    in: 0.0254,
    ft: 0.3048,
    yd: 0.9144,
    ell: 1.143,
    mi: 1609.344,
    survey_mi: 6336000 / 3937,
    Nmi: 1852,
    'ly*': LIGHT_YEAR_M,
    'parsec*': PARSEC_M,
    'pc*': PARSEC_M,
  },
  // time, in seconds
  { 'sec*': 1, 's*': 1, min: 60, mn: 60, hr: 3_600, day: 86_400, d: 86_400, yr: 31_557_600 },
  // pressure, in pascals
  {
    'Pa*': 1,
    'p*': 1,
    'mmHg*': 133.322,
    Torr: 101325 / 760,
    psi: 6894.757293168361,
    'atm*': 101325,
    'at*': 101325,
  },
  // force, in newtons
  { 'N*': 1, 'dyn*': 1e-5, 'dy*': 1e-5, 'pond*': 0.00980665, lbf: 4.4482216152605 },
  // energy, in joules
  {
    'J*': 1,
    'eV*': 1.60217653e-19,
    'ev*': 1.60217653e-19,
    'e*': 1e-7,
    flb: 1.3558179483314,
    'c*': 4.184,
    'cal*': 4.1868,
    BTU: 1055.05585262,
    btu: 1055.05585262,
    'Wh*': 3_600,
    'wh*': 3_600,
    HPh: HORSEPOWER_HOUR_J,
    hh: HORSEPOWER_HOUR_J,
  },
  // power, in watts
  { 'W*': 1, 'w*': 1, PS: 735.49875, HP: HORSEPOWER_W, h: HORSEPOWER_W },
  // magnetism, in teslas
  { 'T*': 1, 'ga*': 1e-4 },
  // volume, in cubic metres
  {
    'l*': 0.001,
    'L*': 0.001,
    'lt*': 0.001,
    'm^3*': 1,
    'm3*': 1,
    'ang^3': 1e-30,
    ang3: 1e-30,
    tsp: 4.92892159375e-6,
    tspm: 5e-6,
    tbs: 1.478676478125e-5,
    'in^3': 1.6387064e-5,
    in3: 1.6387064e-5,
    oz: 2.95735295625e-5,
    cup: 2.365882365e-4,
    pt: 4.73176473e-4,
    us_pt: 4.73176473e-4,
    uk_pt: 5.6826125e-4,
    qt: 9.46352946e-4,
    uk_qt: 1.1365225e-3,
    gal: 3.785411784e-3,
    uk_gal: 4.54609e-3,
    'ft^3': 0.028316846592,
    ft3: 0.028316846592,
    bushel: 0.03523907016688,
    barrel: 0.158987294928,
    'yd^3': 0.764554857984,
    yd3: 0.764554857984,
    'mi^3': 1609.344 ** 3,
    mi3: 1609.344 ** 3,
    'Nmi^3': 1852 ** 3,
    Nmi3: 1852 ** 3,
    'ly^3': LIGHT_YEAR_M ** 3,
    ly3: LIGHT_YEAR_M ** 3,
    'Picapt^3': (0.0254 / 72) ** 3,
    Picapt3: (0.0254 / 72) ** 3,
    'Pica^3': (0.0254 / 72) ** 3,
    Pica3: (0.0254 / 72) ** 3,
    GRT: 2.8316846592,
    regton: 2.8316846592,
    MTON: 1.13267386368,
  },
  // area, in square metres
  {
    'm^2*': 1,
    'm2*': 1,
    'ang^2': 1e-20,
    ang2: 1e-20,
    'in^2': 0.00064516,
    in2: 0.00064516,
    'ft^2': 0.09290304,
    ft2: 0.09290304,
    'yd^2': 0.83612736,
    yd2: 0.83612736,
    'ar*': 100,
    uk_acre: 4046.8564224,
    us_acre: 4046.872609874252,
    Morgen: 2500,
    ha: 10_000,
    'mi^2': 2589988.110336,
    mi2: 2589988.110336,
    'Nmi^2': 3429904,
    Nmi2: 3429904,
    'ly^2': LIGHT_YEAR_M ** 2,
    ly2: LIGHT_YEAR_M ** 2,
    'Picapt^2': (0.0254 / 72) ** 2,
    Picapt2: (0.0254 / 72) ** 2,
    'Pica^2': (0.0254 / 72) ** 2,
    Pica2: (0.0254 / 72) ** 2,
  },
  // information, in bits
  { 'bit*': 1, 'byte*': 8 },
  // speed, in metres a second
  {
    'm/s*': 1,
    'm/sec*': 1,
    'm/h*': 1 / 3_600,
    'm/hr*': 1 / 3_600,
    mph: 0.44704,
    kn: 1852 / 3_600,
    admkn: 1853.184 / 3_600,
  },
];

const PREFIXES: Readonly<Record<string, number>> = {
  Y: 1e24,
  Z: 1e21,
  E: 1e18,
  P: 1e15,
  T: 1e12,
  G: 1e9,
  M: 1e6,
  k: 1e3,
  h: 1e2,
  e: 10,
  da: 10,
  d: 1e-1,
  c: 1e-2,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
  a: 1e-18,
  z: 1e-21,
  y: 1e-24,
};
const BINARY_PREFIXES: Readonly<Record<string, number>> = {
  Yi: 2 ** 80,
  Zi: 2 ** 70,
  Ei: 2 ** 60,
  Pi: 2 ** 50,
  Ti: 2 ** 40,
  Gi: 2 ** 30,
  Mi: 2 ** 20,
  ki: 2 ** 10,
};

/** Temperatures: degrees from kelvins, and kelvins from degrees, as `kelvin = degree * size + zero`. */
const TEMPERATURES: Readonly<Record<string, { size: number; zero: number }>> = {
  K: { size: 1, zero: 0 },
  kel: { size: 1, zero: 0 },
  C: { size: 1, zero: 273.15 },
  cel: { size: 1, zero: 273.15 },
  F: { size: 5 / 9, zero: 459.67 * (5 / 9) },
  fah: { size: 5 / 9, zero: 459.67 * (5 / 9) },
  Rank: { size: 5 / 9, zero: 0 },
  Reau: { size: 1.25, zero: 273.15 },
};

interface Unit {
  kind: number;
  factor: number;
}

function unitOf(name: string): Unit | undefined {
  for (const [kind, units] of KINDS.entries()) {
    const factor = units[name] ?? units[`${name}*`];
    if (factor !== undefined) return { kind, factor };
  }
  for (const [kind, units] of KINDS.entries())
    for (const [starred, factor] of Object.entries(units)) {
      const unit = starred.slice(0, -1);
      if (!starred.endsWith('*') || !name.endsWith(unit)) continue;
      const prefix = name.slice(0, name.length - unit.length);
      const scale =
        PREFIXES[prefix] ?? (unit === 'bit' || unit === 'byte' ? BINARY_PREFIXES[prefix] : undefined);
      // A prefix of a squared or cubed metre is squared or cubed with it.
      const power = /^m\^?([23])$/.exec(unit)?.[1];
      if (scale !== undefined) return { kind, factor: factor * scale ** Number(power ?? 1) };
    }
  return undefined;
}

/** A value in another unit. Throws `N_A` for unknown units and for units of different kinds. */
export function convert(value: number, from: string, to: string): number {
  const [warm, cold] = [TEMPERATURES[from], TEMPERATURES[to]];
  if (warm && cold)
    return from === to ? value : clean((value * warm.size + warm.zero - cold.zero) / cold.size);
  const [a, b] = [unitOf(from), unitOf(to)];
  if (!a || !b || a.kind !== b.kind)
    throw refusal('N_A', `Invalid units for conversion: '${from}' to '${to}'.`);
  return a.factor === b.factor ? value : (value * a.factor) / b.factor;
}

/** Without the binary dust of taking 273.15 off. */
const clean = (value: number): number => Number(value.toPrecision(14));
