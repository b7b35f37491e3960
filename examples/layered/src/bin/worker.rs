fn main() {
    depot::greet();
    println!("worker is up");
}
