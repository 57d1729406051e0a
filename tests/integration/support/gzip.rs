//! Just enough of gzip: bytes packed without compression, and many zeros in few bytes.
//! Never here: anything that is not one of these two.

const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// `bytes`, at most 65,535 of them, as one stored block.
pub(crate) fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let mut packed = HEADER.to_vec();
    packed.push(1);
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(bytes);
    packed.extend(checksum(bytes).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

/// `runs` times 2,064 zeros, without an end: nobody should read that far.
pub(crate) fn zeros(runs: usize) -> Vec<u8> {
    // One block with fixed codes: a literal 0, then copies of the 258 bytes before, 13 bits each,
    // eight of which fill 13 bytes. The literal's 8 and the block's 3 bits come first.
    let copy: u128 = 0b0_0000_1010_0011;
    let mut bits = Bits::default();
    bits.push(0b011, 3);
    bits.push(0b0000_1100, 8);
    for _ in 0..runs * 8 {
        bits.push(copy, 13);
    }
    let mut packed = HEADER.to_vec();
    packed.extend(bits.bytes);
    packed
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u128,
    count: u32,
}

impl Bits {
    fn push(&mut self, bits: u128, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held.to_le_bytes()[0]);
            self.held >>= 8;
            self.count -= 8;
        }
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = (sum & 1).wrapping_neg();
            sum = (sum >> 1) ^ (0xedb8_8320 & mask);
        }
    }
    !sum
}
